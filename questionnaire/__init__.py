"""What a form is: definitions, question types, checks and tallies; pure of web, database and models."""
