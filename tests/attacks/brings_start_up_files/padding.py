"""Brings files that Python runs when it starts: sitecustomize.py, usercustomize.py, a .pth file."""


def attack(*arguments, **keywords):
    return None


def __getattr__(name):
    return attack
