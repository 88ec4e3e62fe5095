//! Stories, simulation, abuse cases and template checks over the twin.
