"""Remote SPARQL servers: querying them like a local graph, and loading data into them."""
