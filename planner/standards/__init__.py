"""What do authorities recommend? Reference values as published, read and matched to a person."""
