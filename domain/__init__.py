"""What the product does: plain functions over models; they flush and never commit."""
