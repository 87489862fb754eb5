namespace Experiments.Contracts.Catalog;

/// <summary>Where the well-known data sets are downloaded from, with the hashes that torchvision's data sets of the same names check.</summary>
internal static class PublishedDatasets
{
    public static DatasetDownload Cifar10 { get; } = new("https://www.cs.toronto.edu/~kriz/",
    [
        new("cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d87530",
        [
            "cifar-10-batches-bin/data_batch_1.bin",
            "cifar-10-batches-bin/data_batch_2.bin",
            "cifar-10-batches-bin/data_batch_3.bin",
            "cifar-10-batches-bin/data_batch_4.bin",
            "cifar-10-batches-bin/data_batch_5.bin",
            "cifar-10-batches-bin/test_batch.bin",
        ]),
    ]);

    public static DatasetDownload Cifar100 { get; } = new("https://www.cs.toronto.edu/~kriz/",
    [
        new("cifar-100-binary.tar.gz", "03b5dce01913d631647c71ecec9e9cb8", ["cifar-100-binary/train.bin", "cifar-100-binary/test.bin"]),
    ]);

    public static DatasetDownload Mnist { get; } = new("https://ossci-datasets.s3.amazonaws.com/mnist/",
    [
        new("train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
        new("train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432"),
        new("t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3"),
        new("t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c"),
    ]);

    public static DatasetDownload FashionMnist { get; } = new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    [
        new("train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
        new("train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe"),
        new("t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79"),
        new("t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310"),
    ]);
}
