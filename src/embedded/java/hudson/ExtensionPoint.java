package hudson;

/** Marks a type that plugins extend and that {@link ExtensionList} looks up. */
public interface ExtensionPoint {}
