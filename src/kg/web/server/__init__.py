"""The server process: it speaks HTTP and decides which query runs when; it holds no graph."""
