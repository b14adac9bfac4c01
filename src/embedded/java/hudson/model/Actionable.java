package hudson.model;

import hudson.ExtensionList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.TransientActionFactory;

/** Something that carries {@link Action}s: those that were added, and those that factories make for it. */
public abstract class Actionable implements ModelObject {

    private final List<Action> actions = new CopyOnWriteArrayList<>();

    /** The actions that were added; live. */
    public List<Action> getActions() {
        return actions;
    }

    /** The actions that were added and those that factories make. */
    public final List<? extends Action> getAllActions() {
        List<Action> all = new ArrayList<>(getActions());
        for (TransientActionFactory<?> factory : ExtensionList.lookup(TransientActionFactory.class)) {
            addFrom(factory, all);
        }
        return all;
    }

    private <T> void addFrom(TransientActionFactory<T> factory, List<Action> all) {
        if (factory.type().isInstance(this)) {
            all.addAll(factory.createFor(factory.type().cast(this)));
        }
    }

    public <T extends Action> List<T> getActions(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Action action : getAllActions()) {
            if (type.isInstance(action)) {
                found.add(type.cast(action));
            }
        }
        return found;
    }

    public void addAction(Action action) {
        getActions().add(action);
    }

    /** Adds an action in place of those of the same class; false when it was there already. */
    public boolean addOrReplaceAction(Action action) {
        if (getActions().contains(action)) {
            return false;
        }
        getActions().removeIf(old -> old.getClass() == action.getClass());
        addAction(action);
        return true;
    }

    /** The first action of a type; null when there is none. */
    public <T extends Action> T getAction(Class<T> type) {
        List<T> found = getActions(type);
        return found.isEmpty() ? null : found.get(0);
    }
}
