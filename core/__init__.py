"""The ground floor: settings, extensions, clock, words, permissions and errors; knows nothing of ours above it."""
