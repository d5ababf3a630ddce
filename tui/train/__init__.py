"""训练: exercises on the screen."""
