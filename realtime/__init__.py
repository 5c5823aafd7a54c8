"""Who hears of a change at once. Listens to facts, holds no truth: messages carry ids and versions, pages ask anew."""
