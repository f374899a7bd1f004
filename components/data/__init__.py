"""What holds data: storage, the lake, the container registry."""
