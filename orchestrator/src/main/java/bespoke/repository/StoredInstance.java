package bespoke.repository;

import bespoke.model.EnabledSetting;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.PropertyGroups;

/// What the daemon needs of one instance when it starts.
///
/// @param fmri of the instance
/// @param running the composed groups of its `running` snapshot; what is configured if it has none
/// @param enabled the permanent setting; the override is in the volatile store
/// @param origin where the instance was declared
public record StoredInstance(
    InstanceFmri fmri, PropertyGroups running, EnabledSetting enabled, Origin origin) {}
