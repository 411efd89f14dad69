import MLPLibrary
