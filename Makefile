# A thin door to dev.py, which does the same where there is no make. `make` alone lists the words.
PYTHON ?= python3
WORDS := run quick test messages provisions lint bench drill services env reset lock help

.DEFAULT_GOAL := help
.PHONY: $(WORDS)
$(WORDS):
	@$(PYTHON) dev.py $@ $(ARGS)
