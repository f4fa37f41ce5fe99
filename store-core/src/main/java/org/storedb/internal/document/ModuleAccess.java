package org.storedb.internal.document;

import java.lang.reflect.InaccessibleObjectException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/** The access to the classes of documents, which the Java module that contains them must grant. */
final class ModuleAccess {

    private ModuleAccess() {}

    /** Returns why a class cannot be accessed: what its module has to declare, or else the message of the exception. */
    static String reason(Class<?> type, Exception failure) {
        return isOpen(type)
                ? String.valueOf(failure.getMessage())
                : "its package is not open; add \"opens " + type.getPackageName()
                        + " to tools.jackson.databind, org.storedb.core;\" to the module-info.java of "
                        + type.getModule().getName();
    }

    /** Returns what to add to the message of a failure, which names the class if Jackson cannot access it. */
    static String advice(JacksonException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalAccessException || cause instanceof InaccessibleObjectException) {
                return "; in a Java module, the packages of all classes in a document must be open to"
                        + " tools.jackson.databind";
            }
        }
        return "";
    }

    private static boolean isOpen(Class<?> type) {
        Module module = type.getModule();
        String packageName = type.getPackageName();
        return module.isOpen(packageName, ObjectMapper.class.getModule())
                && module.isOpen(packageName, ModuleAccess.class.getModule());
    }
}
