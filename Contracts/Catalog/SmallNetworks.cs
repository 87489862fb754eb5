namespace Experiments.Contracts.Catalog;

/// <summary>Networks for small images.</summary>
internal static class SmallNetworks
{
    public static ModelFamily Family { get; } = new("Small networks",
    [
        new(new("small_cnn", "Three 5×5 convolutions (32, 32, 64) with pooling and two linear layers; trains in seconds.", 145_578, 650, 8, UsualImageSize: 32))
        {
            Aliases = "cnn simple_cnn smallcnn",
            IsAccurateInBFloat16 = true,
            Python = _ => """
                model = nn.Sequential(OrderedDict(
                    conv1=nn.Conv2d(3, 32, 5, padding=2), relu1=nn.ReLU(), pool1=nn.MaxPool2d(2),
                    conv2=nn.Conv2d(32, 32, 5, padding=2), relu2=nn.ReLU(), pool2=nn.MaxPool2d(2),
                    conv3=nn.Conv2d(32, 64, 5, padding=2), relu3=nn.ReLU(), pool3=nn.MaxPool2d(2),
                    pool=nn.AdaptiveAvgPool2d(4), flat=nn.Flatten(),
                    fc1=nn.Linear(64 * 4 * 4, 64), relu4=nn.ReLU(), fc2=nn.Linear(64, len(classes)),
                ))
                """,
        },
        new(new("lenet5", "LeNet-5 with ReLU and max-pooling.", 62_006, 850, 28, UsualImageSize: 32))
        {
            Aliases = "lenet",
            Python = _ => """
                model = nn.Sequential(OrderedDict(
                    conv1=nn.Conv2d(3, 6, 5), relu1=nn.ReLU(), pool1=nn.MaxPool2d(2),
                    conv2=nn.Conv2d(6, 16, 5), relu2=nn.ReLU(), pool2=nn.MaxPool2d(2),
                    pool=nn.AdaptiveAvgPool2d(5), flat=nn.Flatten(),
                    fc1=nn.Linear(16 * 5 * 5, 120), relu3=nn.ReLU(),
                    fc2=nn.Linear(120, 84), relu4=nn.ReLU(), fc3=nn.Linear(84, len(classes)),
                ))
                """,
        },
        new(new("student_cnn", "Two 3×3 convolutions (32, 64) with pooling and two linear layers; a student for distillation.", 1_070_794, 2_570, 8, UsualImageSize: 32))
        {
            Python = _ => """
                model = nn.Sequential(OrderedDict(
                    conv1=nn.Conv2d(3, 32, 3, padding=1), relu1=nn.ReLU(), pool1=nn.MaxPool2d(2),
                    conv2=nn.Conv2d(32, 64, 3, padding=1), relu2=nn.ReLU(), pool2=nn.MaxPool2d(2),
                    pool=nn.AdaptiveAvgPool2d(8), flat=nn.Flatten(),
                    fc1=nn.Linear(64 * 8 * 8, 256), relu3=nn.ReLU(), fc2=nn.Linear(256, len(classes)),
                ))
                """,
        },
    ]);
}
