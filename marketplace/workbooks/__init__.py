"""Workbooks that strangers made, as rows of cells. Pure, without Django: run within a program that may fail alone."""
