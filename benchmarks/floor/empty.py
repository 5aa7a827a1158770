"""Nothing in the frame."""
