"""How proposals are opened, reviewed blind, decided, announced and awarded, so that anyone can check it."""
