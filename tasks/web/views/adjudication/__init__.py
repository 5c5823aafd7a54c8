"""Pages of judging, by who reads them: desk and case, reviewers, everybody."""
