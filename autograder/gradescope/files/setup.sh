#!/usr/bin/env bash
# Gradescope runs this once, as root, while it builds the image: Python, and the packages in fixed versions.
set -euo pipefail
ROOT="${AUTOGRADER_ROOT:-/autograder}"
if ! python3 -c 'import ensurepip, venv' 2>/dev/null || ! ldconfig -p | grep -q libseccomp.so.2; then
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends python3 python3-venv libseccomp2
fi
python3 -m venv "$ROOT/venv"
cd "$ROOT/source"
pip=("$ROOT/venv/bin/python" -m pip install --quiet --constraint constraints.txt)
"${pip[@]}" --requirement requirements.txt
"${pip[@]}" 'convolution-course[grade]'
# The kit's own course, which an installed kit may hold: other users must not read it, and nobody needs it here.
rm -rf "$ROOT"/venv/lib/python3*/site-packages/autograder/course_data
