#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image: it installs Python and the pinned packages.
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
# An installed kit may contain a course, with solutions. It is not needed here, and no submission may read it.
rm -rf "$ROOT"/venv/lib/python3*/site-packages/autograder/course_data
