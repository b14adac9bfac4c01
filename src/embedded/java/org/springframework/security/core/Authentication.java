package org.springframework.security.core;

import java.security.Principal;

/** Who does something; the type that signatures of Jenkins' security and credentials name. */
public interface Authentication extends Principal {}
