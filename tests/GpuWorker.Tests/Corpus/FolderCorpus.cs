namespace Experiments.GpuWorker.Tests.Corpus;

/// <summary>Folders taken from bug reports of tools of this kind.</summary>
public static class FolderCorpus
{
    private const string Composed = "caf\u00e9";
    private const string Decomposed = "cafe\u0301";

    private static readonly string[] CatDog = ["cat/1.jpg*2", "dog/1.jpg*3"];

    public static TheoryData<FolderCase> All { get; } = [.. Plain, .. Repeated, .. Alike, .. Splits, .. UnusableSplits, .. OtherSplitNames, .. Junk, .. Formats, .. Absent, .. Names, .. Links];

    private static FolderCase[] Plain =>
    [
        new("classes", CatDog, "cat 2, dog 3 | - | -", "No split folders: 2 class folders"),
        new("folders below a class", ["cat/a/1.jpg", "cat/b/c/1.jpg", "dog/1.jpg"], "cat 2, dog 1 | - | -"),
        new("images in no class", [.. CatDog, "1.jpg*2"], "cat 2, dog 3 | - | -", "2 images are in no class folder and are left out: 1-1.jpg, 1.jpg"),
        new("images only", ["1.jpg*2"], "refused: has no sub-folders, only images that are in no class folder"),
        new("nothing", [], "refused: has no sub-folders"),
        new("folders without an image", ["a/1.txt", "b/c/d.conf"], "refused: no image in the sub-folders of"),
        new("one class", ["cat/1.jpg"], "refused: has only one class, \"cat\""),
        new("one folder too high", ["pets/cat/1.jpg", "pets/dog/1.jpg"], "refused: name that folder"),
        new("class without an image", [.. CatDog, "eel/notes.txt"], "refused: class \"eel\" has no image"),
    ];

    private static FolderCase[] Repeated =>
    [
        Same("fold1", "fold2"),
        Same("Fold_1", "Fold_2", "fold-03"),
        Same("split 1", "split 2"),
        Same("copy (1)", "copy (2)"),
        Same("part.1", "version2"),
        Same("augmented", "original"),
        Same("Aug", "Originals"),
        Same("gallery", "probe", "query"),
        Same("preprocessed", "processed", "raw", "resized"),
        Told("32", "64"),
        Told("0", "1"),
        Told("a", "b", "c"),
        Told("copy", "fold1"),
        Told("folded1", "folded2"),
        Told("40X", "400X"),
        Told("good", "original"),
        new("patients of both", Folds(["benign", "malignant"], "patient1/scan", "patient2/scan", "patient3/scan", "patient4/scan", "patient5/scan"), "benign 5, malignant 5 | - | -", "\"benign\" and \"malignant\" both contain \"patient1\", \"patient2\", \"patient3\", \"patient4\" and 1 more: if these are splits or copies of one data set, the model learns to tell them apart: name them \"train\" and \"val\", or give the path of one"),
        new("patients of both in splits", Folds(["train/benign", "train/malignant", "test/benign", "test/malignant"], "patient1", "patient2"), "benign 2, malignant 2 | - | benign 2, malignant 2", "\"benign\" and \"malignant\" in \"train\" both contain \"patient1\" and \"patient2\": if these are splits or copies of one data set, the model learns to tell them apart: keep the class folders of one of them, in the split folder itself"),
        new("samples of both", Folds(["cork", "wool"], "sample_a", "sample_b", "sample_c", "sample_d"), "cork 4, wool 4 | - | -", "\"cork\" and \"wool\" both contain \"sample_a\""),
        new("eyes of people", Folds(["001", "002", "003"], "L", "R"), "001 2, 002 2, 003 2 | - | -", "\"001\", \"002\", \"003\" all contain \"L\" and \"R\""),
        new("eyes of people, one person with one eye", [.. Folds(["001", "002", "003", "004"], "L", "R", "both"), "005/L/1.jpg", "005/both/1.jpg"], "001 3, 002 3, 003 3, 004 3, 005 2 | - | -", "and 1 more nearly all contain \"L\", \"R\", \"both\""),
        new("years of both", Folds(["mold", "rust"], "2022", "2023"), "mold 2, rust 2 | - | -", "\"mold\" and \"rust\" both contain \"2022\" and \"2023\""),
        new("cameras of both", Folds(["ok", "defect"], "cam1", "cam2"), "defect 2, ok 2 | - | -", "\"defect\" and \"ok\" both contain \"cam1\" and \"cam2\""),
        new("tracts", Folds(["lower-gi-tract", "upper-gi-tract"], "anatomical-landmarks", "pathological-findings"), "lower-gi-tract 2, upper-gi-tract 2 | - | -", "\"lower-gi-tract\" and \"upper-gi-tract\" both contain"),
        new("copies of many", [.. Split("a", "b", "c", "d", "e", "f")], "a 2, b 2, c 2, d 2, e 2, f 2 | - | -", "\"a\", \"b\", \"c\", \"d\" and 2 more all contain \"cat\" and \"dog\": if these are splits or copies"),
        new("folds that lack a rare class", [.. Folds(["fold1", "fold2"], "a", "b", "c", "d"), .. Folds(["fold3"], "a", "b", "c", "e")], "refused: all contain \"a\", \"b\", \"c\": these look like splits or copies"),
        new("gallery with more in it", [.. Folds(["gallery"], "a", "b", "c", "d", "e"), .. Folds(["query"], "b", "d")], "refused: both contain \"b\" and \"d\""),
        new("folds and a sheet", [.. Split("fold1", "fold2"), "fold1/cat/2.jpg*30", "fold1/sheet.jpg"], "refused: \"fold1\" and \"fold2\" in \"ROOT\" both contain"),
        new("folds and one more folder", [.. Split("fold1", "fold2", "fold3"), "raw/1.jpg"], "refused: \"fold1\", \"fold2\", \"fold3\" in \"ROOT\" all contain"),
        new("folds and a class", [.. Split("fold1", "fold2", "fold3"), "eel/1.jpg"], "eel 1, fold1 2, fold2 2, fold3 2 | - | -", "\"fold1\", \"fold2\", \"fold3\" all contain"),
        new("folds in another case", ["fold1/Cat/1.jpg", "fold1/Dog/1.jpg", "fold2/cat/1.jpg", "fold2/dog/1.jpg"], "refused: both contain \"Cat\" and \"Dog\""),
        new("folds in a split", Split("train/fold1", "train/fold2"), "refused: \"fold1\" and \"fold2\" in \"ROOT/train\" both contain \"cat\" and \"dog\": these look like splits or copies of one data set, not like classes. Keep the class folders of one of them, in the split folder itself; if they are classes, give them other names"),
        new("folds of different classes", ["fold1/cat/1.jpg", "fold1/dog/1.jpg", "fold2/eel/1.jpg", "fold2/fox/1.jpg"], "fold1 2, fold2 2 | - | -"),
        new("images and masks", Folds(["cat", "dog"], "images", "masks"), "refused: every class in \"ROOT\" holds \"images\" and \"masks\": what is in \"masks\" would be trained on as images of the class"),
        new("images and masks in a split", Folds(["train/cat", "train/dog"], "images", "Ground Truth"), "refused: every class in \"ROOT/train\" holds \"Ground Truth\" and \"images\": what is in \"Ground Truth\""),
        new("masks of one class", [.. CatDog, "cat/masks/1.png"], "cat 3, dog 3 | - | -", "1 folder has a name of what is drawn over images, and its files are read as images of the class: \"cat/masks\""),
        new("a class of masks", ["masks/1.jpg", "hats/1.jpg"], "hats 1, masks 1 | - | -"),
        new("images and masks of all", ["images/1.jpg", "masks/1.png"], "refused: \"images\" and \"masks\" in \"ROOT\" look like images and what is drawn over them"),
        new("photos and their labels", ["labels/1.png", "photo/1.jpg"], "refused: \"labels\" and \"photo\" in \"ROOT\" look like images and what is drawn over them"),
        new("photos, a label and a mask", ["label/1.png", "mask/1.png", "photo/1.jpg"], "refused: \"label\" and \"mask\" and \"photo\" in \"ROOT\" look like images and what is drawn over them"),
        new("a class of labels", ["label/1.jpg", "photo/1.jpg"], "label 1, photo 1 | - | -", "\"label\" and \"photo\" are read as classes: if these are images and what is drawn over them"),
        new("images and masks above the classes", Split("images", "masks"), "refused: give the path of that folder"),
        new("photographers", ["cat/anna/1.jpg", "cat/bob/1.jpg", "dog/carl/1.jpg", "dog/dora/1.jpg"], "cat 2, dog 2 | - | -"),
        new("some photographers of both", [.. Folds(["cat"], "anna", "bob", "carl"), .. Folds(["dog"], "anna", "bob", "dora")], "cat 3, dog 3 | - | -"),
        new("one photographer of both", ["cat/anna/1.jpg", "cat/bob/1.jpg", "dog/anna/1.jpg", "dog/dora/1.jpg"], "cat 2, dog 2 | - | -"),
        new("one folder in each class", ["cat/images/1.jpg", "dog/images/1.jpg"], "cat 1, dog 1 | - | -"),
        new("the same folders next to images", [.. CatDog, .. Folds(["cat", "dog"], "left", "right")], "cat 4, dog 5 | - | -"),
        new("the same folders in half of the classes", [.. CatDog, .. Folds(["eel", "fox"], "left", "right")], "cat 2, dog 3, eel 2, fox 2 | - | -"),
        new("the same empty folders", [.. CatDog, "cat/a/", "cat/b/", "dog/a/", "dog/b/"], "cat 2, dog 3 | - | -"),
    ];

    private static FolderCase[] Alike =>
    [
        Similar("Cat", "cat"),
        Similar("cat", "cat "),
        Similar("big  cat", "big cat"),
        Similar("big-cat", "big_cat"),
        new("a character that is not seen", ["cat/1.jpg*2", "c\u200Bat/1.jpg*2"], "cat 2, c\u200Bat 2 | - | -", "\"cat\" and \"c\\u200Bat\" are 2 classes"),
        new("numbers and grades", ["-1/1.jpg*2", "1/1.jpg*2", "A/1.jpg*2", "A-/1.jpg*2"], "-1 2, 1 2, A 2, A- 2 | - | -"),
        new("another case in val", [.. Split("train"), "val/Cat/1.jpg"], "refused: has a class \"Cat\" that the training images do not have (they have \"cat\", which differs only by case"),
        new("a class of one image", ["cat/1.jpg*2", "dog/1.jpg"], "cat 2, dog 1 | - | -", "1 class has a single training image, and none to hold back; the support in validation is 0: \"dog\""),
        new("classes of one image", ["cat/1.jpg", "dog/1.jpg"], "cat 1, dog 1 | - | -", "2 classes have a single training image each, and none to hold back; runs fail without a validation image"),
        new("a class of one image next to val", [.. Split("train", "val")], "cat 1, dog 1 | cat 1, dog 1 | -"),
    ];

    private static FolderCase Same(params string[] folders) => new(
        "the same in " + string.Join(" and ", folders), Split(folders),
        "refused: contain \"cat\" and \"dog\": these look like splits or copies of one data set, not like classes. If they are splits, name them \"train\" and \"val\" (and \"test\"); if they are copies, or parts of which one will do, give the path of one; if they are classes, give them other names");

    private static FolderCase Told(params string[] folders) => new(
        "perhaps the same in " + string.Join(" and ", folders), Split(folders), string.Join(", ", folders.Order(StringComparer.Ordinal).Select(folder => $"{folder} 2")) + " | - | -",
        "contain \"cat\" and \"dog\": if these are splits or copies of one data set, the model learns to tell them apart: name them \"train\" and \"val\", or give the path of one");

    private static FolderCase Similar(string one, string other) => new(
        $"\"{one}\" and \"{other}\"", [$"{one}/1.jpg*2", $"{other}/1.jpg*2"], $"{one} 2, {other} 2 | - | -", $"\"{one}\" and \"{other}\" are 2 classes: their names differ only by case, spaces or characters that are not seen");

    private static string[] Folds(string[] folders, params string[] below) => [.. folders.SelectMany(folder => below.Select(name => $"{folder}/{name}/1.jpg"))];

    private static FolderCase[] Splits =>
    [
        new("train and val", Split("train", "val"), "cat 1, dog 1 | cat 1, dog 1 | -", "Split folders: \"train\" for training, \"val\" for validation"),
        new("Train and Test", Split("Train", "Test"), "cat 1, dog 1 | - | cat 1, dog 1", "\"Train\" for training, \"Test\" for test; validation images are held back"),
        new("training and testing", Split("training", "testing"), "cat 1, dog 1 | - | cat 1, dog 1"),
        new("TRAIN and Valid", Split("TRAIN", "Valid"), "cat 1, dog 1 | cat 1, dog 1 | -", "\"TRAIN\" for training, \"Valid\" for validation"),
        new("train and eval", Split("train", "eval"), "cat 1, dog 1 | cat 1, dog 1 | -"),
        new("train and Val", Split("train", "Val"), "cat 1, dog 1 | cat 1, dog 1 | -"),
        new("training_set and test_set", Split("training_set", "test_set"), "cat 1, dog 1 | - | cat 1, dog 1"),
        new("seg_train and seg_test", [.. Split("seg_train", "seg_test"), "seg_pred/1.jpg"], "cat 1, dog 1 | - | cat 1, dog 1", "\"seg_train\" for training", "1 folder is no split and is left out: seg_pred (1 image)"),
        new("three splits", [.. Split("Train", "Validation"), .. Split("Test")], "cat 1, dog 1 | cat 1, dog 1 | cat 1, dog 1"),
        new("other folders next to splits", [.. Split("train", "val"), "raw/1.jpg", "notes/readme.txt"], "cat 1, dog 1 | cat 1, dog 1 | -", "2 folders are no splits and are left out: notes, raw (1 image)"),
        new("train with a class named train", ["train/train/1.jpg", "train/bus/1.jpg"], "bus 1, train 1 | - | -", "\"train/train\" is read as a class, although it is named like a split"),
        new("train with a class named test", [.. Split("train"), "train/test/1.jpg"], "cat 1, dog 1, test 1 | - | -", "\"train/test\" is read as a class, although it is named like a split"),
        new("a vehicle", ["Train/1.jpg", "bus/1.jpg", "car/1.jpg"], "Train 1, bus 1, car 1 | - | -", "\"Train\" is read as a class, although it is named like a split"),
        new("documents", ["valid/1.jpg", "invalid/1.jpg"], "invalid 1, valid 1 | - | -", "\"valid\" is read as a class"),
    ];

    private static FolderCase[] UnusableSplits =>
    [
        new("splits without classes", ["Train/1.jpg", "Test/1.jpg"], "refused: Train\" has no sub-folders, only images that are in no class folder"),
        new("test without classes", [.. Split("train"), "Test/1.jpg"], "refused: Test\" looks like the test images, but its images are in no class folder"),
        new("test without images", [.. Split("train"), "test/cat/"], "refused: test\" looks like the test images, but has no image"),
        new("test among classes", [.. CatDog, "test/1.jpg"], "refused: \"test\" in \"ROOT\" looks like a split, but there is no folder of training images"),
        new("no training images", Split("Valid", "Test"), "refused: look like splits, but there is no folder of training images"),
        new("two of a kind", [.. Split("train", "Train"), .. Split("test")], "refused: more than one folder of training images: \"Train\" and \"train\""),
        new("two for validation", [.. Split("train", "val"), .. Split("valid")], "refused: more than one folder of validation images: \"val\" and \"valid\""),
        new("splits below the classes", ["cat/train/1.jpg", "cat/test/1.jpg", "dog/train/1.jpg", "dog/test/1.jpg"], "refused: \"test\" and \"train\" in class folder"),
        new("splits in a split", ["train/train/cat/1.jpg", "train/train/dog/1.jpg", "train/val/cat/1.jpg", "train/val/dog/1.jpg"], "refused: \"train\" and \"val\" in split folder \"ROOT/train\" look like splits"),
        new("numbered splits below the classes", ["cat/train1/1.jpg", "cat/test1/1.jpg", "dog/1.jpg"], "refused: \"test1\" and \"train1\" in class folder \"ROOT/cat\" look like splits"),
        new("short splits below the classes", ["cat/tr/1.jpg", "cat/te/1.jpg", "dog/1.jpg"], "refused: \"te\" and \"tr\" in class folder \"ROOT/cat\" look like splits"),
        new("folders of such letters below a class", ["cat/tr/1.jpg", "cat/te/1.jpg", "cat/en/1.jpg", "dog/1.jpg"], "cat 3, dog 1 | - | -"),
        new("numbered splits in a split", ["train/train1/1.jpg", "train/val1/1.jpg", "train/cat/1.jpg"], "refused: \"train1\" and \"val1\" in split folder \"ROOT/train\" look like splits"),
        new("short splits in a split", ["train/tr/cat/1.jpg", "train/va/cat/1.jpg"], "refused: \"tr\" and \"va\" in split folder \"ROOT/train\" look like splits"),
        new("doubled splits", Split("seg_train/seg_train", "seg_test/seg_test"), "refused: \"ROOT/seg_train\" holds nothing but a folder \"seg_train\" with the class folders in it; move them up"),
        new("doubled train", Split("train/train", "val/val"), "refused: \"ROOT/train\" holds nothing but a folder \"train\""),
        new("doubled test", Split("train", "test/test"), "refused: \"ROOT/test\" holds nothing but a folder \"test\""),
        new("class that training lacks", [.. Split("train", "val"), "val/eel/1.jpg"], "refused: has a class \"eel\" that the training images do not have"),
        new("class that only val has images of", ["train/cat/1.jpg", "train/dog/1.jpg", "train/eel/", "val/eel/1.jpg"], "refused: class \"eel\" has no image in \"ROOT/train\""),
    ];

    private static FolderCase[] OtherSplitNames =>
    [
        OtherNames("train2017", "val2017"),
        OtherNames("testA", "testB", "trainA", "trainB"),
        OtherNames("train_imgs", "val_imgs"),
        OtherNames("01_train", "02_val"),
        OtherNames("test (1)", "train (1)"),
        OtherNames("Test-Photos", "Train-Photos"),
        OtherNames("test_512", "train_512"),
        OtherNames("myTestPhotos", "myTrainPhotos"),
        OtherNames("te", "tr", "va"),
        OtherNames("TRN", "TST"),
        OtherNames("data_te", "data_tr"),
        OtherNames("te", "train1"),
        OtherNames("mytest", "mytrain"),
        OtherNames("XTest", "xtrain"),
        OtherNames("tests", "trains"),
        OtherNames("pretest", "pretrain", "preval"),
        new("such names without classes", ["xtrain/1.jpg", "xtest/1.jpg"], "refused: \"xtest\" and \"xtrain\" look like splits"),
        new("words that end so", ["contest/1.jpg", "constrain/1.jpg"], "constrain 1, contest 1 | - | -"),
        new("train2017 and annotations", ["train2017/1.jpg", "annotations/1.png"], "refused: \"train2017\" in \"ROOT\" looks like the training split, and not like a class; rename it to \"train\""),
        new("train2017 with classes and stuff", [.. Split("train2017"), "stuff/1.png"], "refused: \"train2017\" in \"ROOT\" looks like the training split"),
        new("train2017 alone", Split("train2017"), "refused: \"train2017\" in \"ROOT\" looks like the training split"),
        new("train1, test1 and stuff", ["train1/1.jpg", "test1/1.jpg", "stuff/1.jpg"], "refused: \"test1\" and \"train1\" in \"ROOT\" look like splits; expected class folders; rename them"),
        new("short forms and others", [.. Split("tr", "te"), "raw/1.jpg"], "refused: in \"ROOT\", \"te\" and \"tr\" look like splits; rename them"),
        new("languages in folders", ["tr/old/1.jpg", "te/old/1.jpg", "en/old/1.jpg"], "en 1, te 1, tr 1 | - | -"),
        new("languages in folders of their own", ["tr/istanbul/1.jpg", "te/hyderabad/1.jpg"], "te 1, tr 1 | - | -"),
        new("languages", ["tr/1.jpg", "te/1.jpg"], "te 1, tr 1 | - | -"),
        new("trains", ["train1/1.jpg", "bus/1.jpg"], "bus 1, train1 1 | - | -"),
        new("classes of such words", ["train station/1.jpg", "test tube/1.jpg", "tube/1.jpg"], "test tube 1, train station 1, tube 1 | - | -"),
        new("classes with such letters", ["trainers/1.jpg", "valley/1.jpg", "contest/1.jpg"], "contest 1, trainers 1, valley 1 | - | -"),
        new("classes of one split's word", ["train red/1.jpg", "train blue/1.jpg"], "train blue 1, train red 1 | - | -"),
    ];

    private static FolderCase OtherNames(params string[] folders) => new(
        string.Join(" and ", folders), Split(folders), $"refused: {string.Join(" and ", folders.Select(folder => $"\"{folder}\""))} look like splits; rename them to \"train\", \"val\", \"test\"");

    private static FolderCase[] Junk =>
    [
        new("macOS archive", [.. CatDog, "__MACOSX/cat/._1.jpg", "__MACOSX/dog/1.jpg", ".DS_Store", "cat/.DS_Store"], "cat 2, dog 3 | - | -", "3 hidden or system files or folders are left out: .DS_Store, __MACOSX, cat/.DS_Store"),
        new("macOS twins", [.. CatDog, "cat/._1.jpg", "dog/._1.jpg"], "cat 2, dog 3 | - | -", "2 hidden"),
        new("notebook next to the classes", [.. CatDog, ".ipynb_checkpoints/1-checkpoint.jpg"], "cat 2, dog 3 | - | -", ".ipynb_checkpoints"),
        new("notebook in a class", [.. CatDog, "cat/.ipynb_checkpoints/1-checkpoint.jpg"], "cat 2, dog 3 | - | -", "cat/.ipynb_checkpoints"),
        new("Windows and a NAS", [.. CatDog, "Thumbs.db", "cat/thumbs.db", "cat/desktop.ini", "dog/@eaDir/SYNOPHOTO_THUMB_M.jpg", "$RECYCLE.BIN/1.jpg"], "cat 2, dog 3 | - | -", "5 hidden"),
        new("trash", [.. CatDog, "RECYCLER/1.jpg", "@Recently-Snapshot/1.jpg", "#snapshot/1.jpg", "found.000/1.jpg", "lost+found/1.jpg", "@eaDir/1.jpg", "$RECYCLE.BIN/1.jpg"], "cat 2, dog 3 | - | -", "7 hidden"),
        new("trash of earlier Windows", [.. CatDog, "RECYCLED/1.jpg", "RECYCLER/1.jpg", "$Recycle.Bin/1.jpg"], "cat 2, dog 3 | - | -", "3 hidden or system files or folders are left out: $Recycle.Bin, RECYCLED, RECYCLER"),
        new("classes of waste", ["Recycled/1.jpg*2", "recycler/1.jpg*3", "waste/1.jpg*2"], "Recycled 2, recycler 3, waste 2 | - | -"),
        new("backslashes", ["train\\cat\\1.jpg", "train\\dog\\1.jpg"], "refused: only images that are in no class folder; expected one sub-folder per class with JPEG, PNG, BMP, WebP or GIF files in it; names with backslashes in them come from an archive"),
        new("some backslashes", [.. CatDog, "cat\\9.jpg"], "cat 2, dog 3 | - | -", "1 image is in no class folder and is left out: cat\\9.jpg; names with backslashes in them come from an archive"),
        new("folders with backslashes", ["train\\cat/1.jpg", "train\\dog/1.jpg"], "refused: folder \"train\\cat\" in \"ROOT\" is no class"),
        new("splits in an archive", [.. Split("train", "val"), "__MACOSX/train/cat/._1.jpg", "val/.ipynb_checkpoints/1.jpg"], "cat 1, dog 1 | cat 1, dog 1 | -", "2 hidden"),
        new("files that are no images", [.. CatDog, "labels.csv", "cat/notes.txt", "dog/README"], "cat 2, dog 3 | - | -", "3 files are no images and are left out: 1 without an extension (dog/README), 1 .csv (labels.csv), 1 .txt (cat/notes.txt)"),
    ];

    private static FolderCase[] Formats =>
    [
        new("formats that are decoded", ["cat/1.JPG", "cat/2.jfif", "cat/3.gif", "cat/4.WebP", "dog/1.bmp", "dog/2.PNG", "dog/3.jpe"], "cat 4, dog 3 | - | -"),
        new("formats that are not", [.. CatDog, "cat/1.heic*7", "dog/1.TIF", "dog/1.avif"], "cat 2, dog 3 | - | -", "7 .heic files are left out, because this format cannot be decoded: cat/1-1.heic, cat/1-2.heic, cat/1-3.heic, cat/1-4.heic, cat/1-5.heic, …", "1 .tif file is left out", "1 .avif file"),
        new("a class of such a format", ["cat/1.jpg", "dog/1.heic*2"], "refused: class \"dog\" has no image in \"ROOT\" (left out, because their formats cannot be decoded: 2 .heic files)"),
    ];

    private static FolderCase[] Absent =>
    [
        new("class that val lacks", ["train/cat/1.jpg", "train/dog/1.jpg", "train/eel/1.jpg", "val/cat/1.jpg", "val/eel/1.jpg"], "cat 1, dog 1, eel 1 | cat 1, eel 1 | -", "\"val\" has no image of class \"dog\": the support there is 0"),
        new("class that test has a folder of", [.. Split("train"), "test/dog/1.jpg", "test/cat/"], "cat 1, dog 1 | - | dog 1", "\"test\" has no image of class \"cat\""),
    ];

    private static FolderCase[] Names =>
    [
        new("composed and decomposed in splits", [$"train/{Composed}/1.jpg", "train/bar/1.jpg", $"val/{Decomposed}/1.jpg"], $"bar 1, {Composed} 1 | {Composed} 1 | -", "\"val\" has no image of class \"bar\""),
        new("composed and decomposed in one folder", [$"{Composed}/1.jpg", $"{Decomposed}/2.jpg", "bar/1.jpg"], $"bar 1, {Composed} 2 | - | -", "composed in one and decomposed in another"),
        new("decomposed alone keeps its place", [$"{Decomposed}/1.jpg", "caff/1.jpg"], $"{Composed} 1, caff 1 | - | -"),
        new("beyond U+FFFF", ["\uFF21/1.jpg", "\U0001F600/1.jpg", "a/1.jpg"], "a 1, \uFF21 1, \U0001F600 1 | - | -"),
        new("turned around", ["cat\u202Egpj/1.jpg", "dog/1.jpg", "dog/note\u202E.txt"], "cat\\u202Egpj 1, dog 1 | - | -", "dog/note\\u202E.txt"),
        new("numbers", ["10/1.jpg", "2/1.jpg", "1/1.jpg"], "1 1, 10 1, 2 1 | - | -"),
    ];

    private static FolderCase[] Links =>
    [
        new("circle", [.. CatDog, "dog/loop -> .."], "cat 2, dog 3 | - | -", "1 link leads in a circle and is left out: dog/loop -> .."),
        new("circle to itself", [.. CatDog, "dog/loop -> ."], "cat 2, dog 3 | - | -", "dog/loop -> ."),
        new("circle next to the classes", [.. CatDog, "loop -> ."], "cat 2, dog 3 | - | -", "loop -> ."),
        new("two that lead to one another", [.. CatDog, "cat/to -> ../dog", "dog/to -> ../cat"], "cat 2, dog 3 | - | -", "2 folders are read already under other names"),
        new("out of the folder", [.. Split("train"), "../OUTSIDE/1.jpg*2", "train/dog/more -> ../../../OUTSIDE"], "cat 1, dog 3 | - | -"),
        new("a class elsewhere", ["../OUTSIDE/1.jpg*2", "cat -> ../OUTSIDE", "dog/1.jpg"], "cat 2, dog 1 | - | -"),
        new("one folder twice", [.. CatDog, "../OUTSIDE/1.jpg*2", "cat/more -> ../../OUTSIDE", "dog/more -> ../../OUTSIDE"], "cat 4, dog 3 | - | -", "1 folder is read already under another name; this one is left out: dog/more -> "),
        new("out and back to the root", [.. Split("train", "val"), "../OUTSIDE/1.jpg", "../OUTSIDE/back -> ../root", "train/dog/out -> ../../../OUTSIDE"], "cat 1, dog 2 | cat 1, dog 1 | -", "1 link leads in a circle and is left out: train/dog/out/back -> ../root"),
        new("split elsewhere and back to the root", ["train -> ../OUTSIDE", "../OUTSIDE/cat/1.jpg", "../OUTSIDE/dog/1.jpg", "../OUTSIDE/dog/back -> ../../root", "../OUTSIDE/eel -> ../root", .. Split("val")], "cat 1, dog 1 | cat 1, dog 1 | -", "2 links lead in a circle"),
        new("val is not mounted", [.. Split("train"), "val -> /nowhere/val"], "refused: \"val\" in \"ROOT\" looks like a split, but is a link that leads nowhere: \"/nowhere/val\""),
        new("seg_test is not mounted", [.. Split("seg_train"), "seg_test -> /nowhere/test"], "refused: \"seg_test\" in \"ROOT\" looks like a split, but is a link that leads nowhere"),
        new("class is not mounted", [.. CatDog, "eel -> /nowhere/eel"], "cat 2, dog 3 | - | -", "1 link leads nowhere and is left out: eel -> /nowhere/eel"),
        new("classes of a split are not mounted", [.. Split("train"), "train/eel -> /nowhere", "train/dog/more -> more"], "cat 1, dog 1 | - | -", "2 links lead nowhere and are left out: train/eel -> /nowhere, train/dog/more -> more"),
        new("val is train", [.. Split("train"), "val -> train"], "refused: in \"ROOT\", two splits have 2 images in common, by links: \"val/cat/1.jpg\" is \"train/cat/1.jpg\", \"val/dog/1.jpg\" is \"train/dog/1.jpg\"; a model would be validated on images that it is trained on"),
        new("val in train", [.. Split("train", "val"), "train/cat/v -> ../../val/cat"], "refused: two splits have 1 image in common, by links: \"val/cat/1.jpg\" is \"train/cat/v/1.jpg\""),
        new("files of train in test", [.. Split("train"), "test/cat/1.jpg", "test/cat/2.jpg -> ../../train/cat/1.jpg", "test/dog/2.jpg -> ../../train/dog/1.jpg"], "refused: two splits have 2 images in common, by links: \"test/cat/2.jpg\" is \"train/cat/1.jpg\", \"test/dog/2.jpg\" is \"train/dog/1.jpg\"; a model would be tested on images that it is trained on"),
        new("files of val in test", [.. Split("train", "val"), "test/cat/2.jpg -> ../../val/cat/1.jpg"], "refused: a model would be tested on images that its best epoch is chosen by"),
        new("both lead elsewhere", [.. Split("train", "val"), "../OUTSIDE/1.jpg", "train/cat/2.jpg -> ../../../OUTSIDE/1.jpg", "val/cat/3.jpg -> ../../../OUTSIDE/1.jpg"], "refused: \"val/cat/3.jpg\" is \"train/cat/2.jpg\""),
        new("hard link", [.. Split("train", "val"), "val/cat/2.jpg => train/cat/1.jpg"], "refused: two splits have 1 image in common, by links: \"val/cat/2.jpg\" is \"train/cat/1.jpg\""),
        new("hard link to what is in no split", [.. Split("train", "val"), "../OUTSIDE/1.jpg", "val/cat/2.jpg => ../OUTSIDE/1.jpg"], "cat 1, dog 1 | cat 2, dog 1 | -"),
        new("image twice in training", [.. CatDog, "dog/again.jpg -> 1.jpg", "cat/2.jpg -> ../dog/1.jpg"], "cat 3, dog 4 | - | -", "2 training images are the same file as another: dog/1.jpg is cat/2.jpg, dog/again.jpg is cat/2.jpg; one of them may be trained on and the other held back"),
        new("val is test", [.. Split("train", "test"), "val -> test"], "cat 1, dog 1 | cat 1, dog 1 | cat 1, dog 1", "\"test\" and \"val\" are the same folder"),
        new("link to no image", [.. CatDog, "cat/9.jpg -> /nowhere/9.jpg", "9.jpg -> nowhere"], "cat 2, dog 3 | - | -", "2 links lead nowhere and are left out: 9.jpg -> nowhere, cat/9.jpg -> /nowhere/9.jpg"),
        new("links to no image in splits", [.. Split("train", "val"), "val/cat/9.jpg -> ../9.jpg", "more/9.jpg -> 9.jpg"], "cat 1, dog 1 | cat 1, dog 1 | -", "1 link leads nowhere and is left out: val/cat/9.jpg -> ../9.jpg", "1 folder is no split and is left out: more"),
        new("class of links to nothing", [.. CatDog, "eel/1.jpg -> ../../eel.jpg"], "refused: class \"eel\" has no image in \"ROOT\""),
        new("class that is a part of another", [.. CatDog, "dog/small/1.jpg", "pup -> dog/small"], "refused: class \"pup\" in \"ROOT\" is a link into the folder of class \"dog\" (pup -> dog/small)"),
        new("class that is another", [.. CatDog, "hound -> dog"], "refused: class \"hound\" in \"ROOT\" is a link into the folder of class \"dog\" (hound -> dog): both are the same folder"),
    ];

    private static string[] Split(params string[] folders) => [.. folders.SelectMany(folder => new[] { $"{folder}/cat/1.jpg", $"{folder}/dog/1.jpg" })];
}
