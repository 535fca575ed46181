"""What the law lets a migrant worker do, step by step, with the articles it rests on."""
