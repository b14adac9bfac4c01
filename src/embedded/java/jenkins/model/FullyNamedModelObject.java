package jenkins.model;

import hudson.model.ModelObject;

/** Something with a name for people that says where it is. */
public interface FullyNamedModelObject extends ModelObject {

    /** The names of the folders around it and its own, for people. */
    String getFullDisplayName();
}
