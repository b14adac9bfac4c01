package jenkins.model;

/** Something with a name that says where it is. */
public interface FullyNamed {

    /** The names of the folders around it and its own, with slashes between. */
    String getFullName();
}
