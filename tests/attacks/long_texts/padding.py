"""Returns and raises texts of megabytes, with terminal codes, HTML and formulas in them."""

TEXT = "\x1b]0;owned\x07\x1b[2J=cmd|'/c calc'!A0<script>alert(1)</script>[bold red]\u202e\ud800" * 20000


def attack(*arguments, **keywords):
    if len(arguments) == 3:
        raise RuntimeError(TEXT)
    return TEXT


def __getattr__(name):
    return attack
