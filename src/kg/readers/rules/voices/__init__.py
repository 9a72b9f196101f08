"""Attribution of stretches of text: reports, and the tree of voices."""
