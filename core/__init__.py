"""The ground floor: settings, extensions, clock, words, rights, errors; knows nothing above it."""
