"""What a hostile user tries; each test says what ought to hold."""
