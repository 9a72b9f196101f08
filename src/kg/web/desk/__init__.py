"""The desk's server: the pages of ``kg serve``, and a page for correcting drafts."""
