"""Which servers the product is tested on. docker-compose.yml names the same; tests/deploy compares them."""

POSTGRESQL = "15"
REDIS = "7"
ELASTICSEARCH = "9.2.0"
CLAMAV = "1.4"
