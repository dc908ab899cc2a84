def test_all():
    """Everything."""
