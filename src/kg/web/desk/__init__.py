"""The desk's server: the pages of ``kg serve``, and one on which a person corrects a draft."""
