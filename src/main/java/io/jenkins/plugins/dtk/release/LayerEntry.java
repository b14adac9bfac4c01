package io.jenkins.plugins.dtk.release;

/**
 * What a layer says of one of its files.
 *
 * @param path without a slash at its start or end
 * @param type as in the header of a tar: 0 a file, 1 and 2 links, 5 a folder
 * @param mode its permissions
 * @param user the number of its owner
 * @param group the number of its group
 * @param modified seconds since 1970
 */
public record LayerEntry(String path, char type, int mode, long user, long group, long modified) {}
