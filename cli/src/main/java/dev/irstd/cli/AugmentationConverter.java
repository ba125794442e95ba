package dev.irstd.cli;

import dev.irstd.training.data.Augmentation;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the name of an augmentation. */
final class AugmentationConverter extends NamedChoice<Augmentation> {
    AugmentationConverter() {
        super(byName());
    }

    private static Map<String, Augmentation> byName() {
        Map<String, Augmentation> augmentations = new LinkedHashMap<>();
        augmentations.put("none", Augmentation.none());
        augmentations.put("plain", Augmentation.plain());
        augmentations.put("standard", Augmentation.standard());
        augmentations.put("strong", Augmentation.strong());
        augmentations.put("any-sensor", Augmentation.anySensor());
        return augmentations;
    }
}
