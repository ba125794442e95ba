package dev.irstd.training.data;

import dev.irstd.InfraredImage;
import dev.irstd.Mask;
import dev.irstd.training.files.PictureFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * A data set on disk, in one of the field's layouts, which is recognised by its folders:
 *
 * <pre>
 * images/ID.png (or .bmp, .jpg)      masks/ID.png, else ID_pixels0.png     50_50/train.txt or another list of ids
 * trainval/images/ID.png             trainval/masks/ID.png                 the same under test
 * train/ID.bmp                       train/gt/ID_gt.bmp                    the same under test
 * </pre>
 *
 * <p>The first is that of NUAA-SIRST, IRSTD-1K, NUDT-SIRST and DenseSIRST, the second that of SIRST-Aug, the third that
 * of MFIRST. Where each split has its folder, all images in it belong to the split, by name.
 *
 * <p>Images become grey by {@link InfraredImage#of(BufferedImage)}. In a mask, pixels of at least half of the mask's own
 * maximum in its first channel are targets, so that masks of 0/1, of 0/255 and antialiased ones mean the same. A mask
 * of another size than its image (NUAA-SIRST's {@code Misc_111}: 592x400 for an image of 325x220) is resized to the
 * image by nearest neighbour, and a warning is logged the first time.
 *
 * <p>Samples are read when they are loaded; nothing is cached. Thread-safe.
 */
public final class SirstDataset {
    private static final System.Logger LOG = System.getLogger(SirstDataset.class.getName());

    private final Path root;
    private final Map<String, SampleFiles> files;
    private final List<String> ids;
    private final Set<String> warned;

    private SirstDataset(Path root, Map<String, SampleFiles> files, Set<String> warned) {
        this.root = root;
        this.files = files;
        this.ids = List.copyOf(files.keySet());
        this.warned = warned;
    }

    /**
     * Opens a split by its name. A list is looked for in {@code 50_50/train.txt}, {@code 80_20/train.txt},
     * {@code img_idx/train_NAME.txt} (NAME is the name of the root folder), {@code img_idx/train.txt} and
     * {@code train.txt}, in this order; the same with {@code test}.
     *
     * @param root folder of the data set
     * @param split which part
     * @return the data set, in the order of the list
     * @throws DatasetException if the layout is unknown, or the list, an image or a mask is missing, or an id stands in
     *     the list twice
     */
    public static SirstDataset open(Path root, Split split) {
        return openIncomplete(root, split).requireFiles();
    }

    /**
     * Opens the images of a list.
     *
     * @param root folder of the data set; where each split has its folder, images of both may be listed
     * @param splitFile list of ids, one a line without extension, in UTF-8; blank lines and any line ends are fine. A
     *     relative path starts at the working directory, not at {@code root}
     * @return the data set, in the order of the list
     * @throws DatasetException if the layout is unknown, or the list, an image or a mask is missing, or an id stands in
     *     the list twice
     */
    public static SirstDataset open(Path root, Path splitFile) {
        return openIncomplete(root, splitFile).requireFiles();
    }

    /**
     * As {@link #open(Path, Split)}, but files that are missing are only found to be so when their sample is loaded.
     *
     * @param root folder of the data set
     * @param split which part
     * @return the data set, in the order of the list
     * @throws DatasetException if the layout is unknown, the list is missing, or an id stands in it twice
     */
    public static SirstDataset openIncomplete(Path root, Split split) {
        Layout layout = Layout.of(root);
        return of(root, List.of(layout.folder(root, split)), layout.places(root, split));
    }

    /**
     * As {@link #open(Path, Path)}, but files that are missing are only found to be so when their sample is loaded.
     *
     * @param root folder of the data set
     * @param splitFile list of ids
     * @return the data set, in the order of the list
     * @throws DatasetException if the layout is unknown, the list is missing, or an id stands in it twice
     */
    public static SirstDataset openIncomplete(Path root, Path splitFile) {
        return of(root, Layout.of(root).folders(root), SplitFile.read(splitFile).places());
    }

    private static SirstDataset of(Path root, List<ImageFolder> folders, Map<String, String> places) {
        Map<String, SampleFiles> files = new LinkedHashMap<>();
        places.forEach((id, place) -> files.put(id, new SampleFiles(id, place, folders)));
        return new SirstDataset(root, files, ConcurrentHashMap.newKeySet());
    }

    /**
     * Looks all files up.
     *
     * @return this data set
     * @throws DatasetException if an image or a mask is missing
     */
    public SirstDataset requireFiles() {
        for (SampleFiles sample : files.values()) {
            sample.image();
            sample.mask();
        }
        return this;
    }

    /**
     * Reads a list of ids, as {@link #only} and {@link #without} take them.
     *
     * @param file list of ids, one a line without extension, in UTF-8
     * @return the ids in the order of the file
     * @throws DatasetException if the file cannot be read, is empty, or holds an id twice
     */
    public static List<String> readIds(Path file) {
        return SplitFile.read(file).ids();
    }

    /**
     * Returns the number of samples.
     *
     * @return the number, 0 only for a subset
     */
    public int size() {
        return ids.size();
    }

    /**
     * Returns the ids of the samples.
     *
     * @return the ids in the order of the list
     */
    public List<String> ids() {
        return ids;
    }

    /**
     * A part of this data set.
     *
     * @param wanted the ids to keep, each of them in this data set
     * @return a data set of these samples, in the order of this one
     * @throws IllegalArgumentException if an id is unknown here
     */
    public SirstDataset only(Collection<String> wanted) {
        Set<String> unknown = new LinkedHashSet<>(wanted);
        unknown.removeAll(files.keySet());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("data set " + root + " (" + size() + " samples) has no "
                    + String.join(", ", unknown) + "; choose from ids()");
        }
        return where(new HashSet<>(wanted)::contains);
    }

    /**
     * This data set without some of its samples, such as those that another data set's test split holds too.
     *
     * @param unwanted the ids to leave out; ids that are unknown here do no harm
     * @return a data set of the other samples, in the order of this one
     */
    public SirstDataset without(Collection<String> unwanted) {
        return where(Predicate.not(new HashSet<>(unwanted)::contains));
    }

    private SirstDataset where(Predicate<String> kept) {
        Map<String, SampleFiles> part = new LinkedHashMap<>(files);
        part.keySet().removeIf(kept.negate());
        return new SirstDataset(root, part, warned);
    }

    /**
     * Reads a sample.
     *
     * @param index place in {@link #ids()}, 0 to {@code size() - 1}
     * @return the sample
     * @throws IndexOutOfBoundsException if there is no such place
     * @throws DatasetException if a file is missing or cannot be read
     */
    public Sample load(int index) {
        return load(ids.get(index));
    }

    /**
     * Reads a sample.
     *
     * @param id one of {@link #ids()}
     * @return the sample
     * @throws IllegalArgumentException if the id is unknown
     * @throws DatasetException if a file is missing or cannot be read
     */
    public Sample load(String id) {
        SampleFiles sample = files.get(id);
        if (sample == null) {
            throw new IllegalArgumentException(
                    "data set " + root + " (" + size() + " samples) has no \"" + id + "\"; choose from ids()");
        }
        InfraredImage image = grey(sample.image());
        Mask mask = MaskReader.read(read(sample.mask()));
        return new Sample(id, image, fitted(id, mask, image));
    }

    /**
     * Reads all samples.
     *
     * @return the samples in the order of {@link #ids()}
     * @throws DatasetException if a file is missing or cannot be read
     */
    public List<Sample> samples() {
        return ids.stream().map(this::load).toList();
    }

    private Mask fitted(String id, Mask mask, InfraredImage image) {
        if (mask.width() == image.width() && mask.height() == image.height()) {
            return mask;
        }
        if (warned.add(id)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: mask of {1}, image of {2}; the mask is resized to the image by nearest neighbour",
                    id,
                    mask.width() + "x" + mask.height(),
                    image.width() + "x" + image.height());
        }
        return MaskReader.resize(mask, image.width(), image.height());
    }

    private static InfraredImage grey(Path file) {
        try {
            return InfraredImage.of(read(file));
        } catch (IllegalArgumentException e) {
            throw new DatasetException(file + ": " + e.getMessage(), e);
        }
    }

    private static BufferedImage read(Path file) {
        try {
            return PictureFile.read(file);
        } catch (IOException e) {
            throw new DatasetException(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "SirstDataset[" + root + ", " + size() + " samples]";
    }
}
