using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Tests.Documents;

/// <summary>Common mistakes in values and keys are refused with a correction.</summary>
public sealed class ValueHintsTests
{
    [Theory]
    [InlineData("learningRate", "'1e-4'", "remove the quotes: 1e-4")]
    [InlineData("learningRate", "' 0.1 '", "remove the quotes: 0.1")]
    [InlineData("learningRate", "'0,001'", "write 0.001")]
    [InlineData("learningRate", "'1/10'", "write 0.1")]
    [InlineData("learningRate", "'10^-3'", "write 0.001")]
    [InlineData("learningRate", "'3*10**-4'", "write 0.0003")]
    [InlineData("learningRate", "'1e\u22124'", "write 0.0001")]
    [InlineData("learningRate", "[0.1, 0.2]", "one value belongs here, several belong under grid")]
    [InlineData("seed", "'1..3'", "one value belongs here, several belong under grid: [1, 2, 3]")]
    [InlineData("seed", "'1 to 3'", "one value belongs here, several belong under grid: [1, 2, 3]")]
    [InlineData("seed", "'1-3'", "one value belongs here, several belong under grid: [1, 2, 3]")]
    [InlineData("seed", "'range(3)'", "one value belongs here, several belong under grid: [0, 1, 2]")]
    [InlineData("seed", "'range(1, 8, 3)'", "one value belongs here, several belong under grid: [1, 4, 7]")]
    [InlineData("seed", "'np.arange(1, 3)'", "one value belongs here, several belong under grid: [1, 2]")]
    [InlineData("seed", "'1, 2, 3'", "one value belongs here, several belong under grid: [1, 2, 3]")]
    [InlineData("seed", "'range(100)'", "one value belongs here, several belong under grid: [0, 1, 2, …, 99] with all of them")]
    [InlineData("learningRate", "'0.1, 0.01'", "one value belongs here, several belong under grid: [0.1, 0.01]")]
    [InlineData("learningRate", "'1,5'", "write 1.5")]
    [InlineData("pretrained", "{ 'run': '01m8mhp384ar4d1rgb07gs6805' }", "write run:01m8mhp384ar4d1rgb07gs6805")]
    [InlineData("pretrained", "'run: 01m8mhp384ar4d1rgb07gs6805'", "write run:01m8mhp384ar4d1rgb07gs6805")]
    [InlineData("pretrained", "'Run=01m8mhp384ar4d1rgb07gs6805'", "write run:01m8mhp384ar4d1rgb07gs6805")]
    [InlineData("pretrained", "'01m8mhp384ar4d1rgb07gs6805'", "write run:01m8mhp384ar4d1rgb07gs6805")]
    [InlineData("pretrained", "'01M8MHP384AR4D1RGB07GS6805'", "write run:01m8mhp384ar4d1rgb07gs6805")]
    [InlineData("teacher", "{ 'run': 'abc' }", "write run:abc")]
    [InlineData("teacher", "'http://localhost:5080/runs/01m8mhp384ar4d1rgb07gs6805?tab=log'", "write run:01m8mhp384ar4d1rgb07gs6805")]
    [InlineData("dropout", "'10%'", "write 0.1")]
    [InlineData("dropout", "50", "write 0.5")]
    [InlineData("momentum", "90", "write 0.9")]
    [InlineData("emaDecay", "99.9", "write 0.999")]
    [InlineData("dropout", "'None'", "write null")]
    [InlineData("dropout", "false", "write null")]
    [InlineData("mixup", "false", "write 0")]
    [InlineData("momentum", "null", "leave it out for the default")]
    [InlineData("momentum", "'None'", "leave it out for the default")]
    [InlineData("batchSize", "'64'", "remove the quotes: 64")]
    [InlineData("batchSize", "'1_024'", "write 1024")]
    [InlineData("batchSize", "'1,024'", "write 1024")]
    [InlineData("batchSize", "'10 000'", "write 10000")]
    [InlineData("batchSize", "'1k'", "write 1000")]
    [InlineData("epochs", "'2**4'", "write 16")]
    [InlineData("earlyStoppingPatience", "'none'", "write null")]
    [InlineData("freezeBatchNorm", "'True'", "remove the quotes: true")]
    [InlineData("freezeBatchNorm", "'yes'", "write true")]
    [InlineData("freezeBatchNorm", "0", "write false")]
    [InlineData("smallInput", "'None'", "write null")]
    [InlineData("schedulerMilestones", "30", "write [30]")]
    [InlineData("schedulerMilestones", "'30, 60'", "write [30, 60]")]
    [InlineData("schedulerMilestones", "['30']", "remove the quotes: 30")]
    [InlineData("model", "'ResNet18'", "write resnet18")]
    [InlineData("model", "'resnet_18'", "write resnet18")]
    [InlineData("model", "'ResNet-50'", "write resnet50")]
    [InlineData("model", "'ViT-B/16'", "write vit_b_16")]
    [InlineData("model", "'efficientnet-b0'", "write efficientnet_b0")]
    [InlineData("optimizer", "'AdamW'", "write adamw")]
    [InlineData("optimizer", "'torch.optim.SGD'", "write sgd")]
    [InlineData("scheduler", "'cosine_annealing'", "write cosine")]
    [InlineData("scheduler", "'CosineAnnealingLR'", "write cosine")]
    [InlineData("scheduler", "'ReduceLROnPlateau'", "write plateau")]
    [InlineData("scheduler", "null", "write none")]
    [InlineData("scheduler", "'None'", "write none")]
    [InlineData("precision", "16", "write bfloat16")]
    [InlineData("precision", "'fp32'", "write float32")]
    [InlineData("pretrained", "true", "write imagenet")]
    [InlineData("pretrained", "'None'", "write none")]
    [InlineData("pretrained", "'IMAGENET1K_V1'", "write imagenet")]
    [InlineData("teacher", "null", "write none")]
    [InlineData("augmentation", "null", "write none")]
    [InlineData("augmentation", "'RandAugment'", "write randaugment")]
    [InlineData("augmentation", "['RandomHorizontalFlip']", "write horizontalFlip")]
    [InlineData("augmentation", "[{ 'horizontalFlip': { 'p': 0.5 } }]", "write probability")]
    [InlineData("augmentation", "[{ 'horizontalFlip': { 'probability': '0.5' } }]", "remove the quotes: 0.5")]
    public void TryRead_ValueAsPeopleWriteIt_NamesWhatToWrite(string hyperparameter, string value, string expected)
    {
        Assert.False(HyperparameterCatalog.Find(hyperparameter)!.TryRead(SpecBuilder.Json(value.Replace('\'', '"')), out _, out string problem));

        AssertHint(expected, problem);
    }

    [Theory]
    [InlineData("'base': { 'lr': 0.1 }", "base.lr", "write learningRate")]
    [InlineData("'base': { 'batch_size': 8 }", "base.batch_size", "write batchSize")]
    [InlineData("'base': { 'bs': 8 }", "base.bs", "write batchSize")]
    [InlineData("'grid': { 'wd': [0] }", "grid.wd", "write weightDecay")]
    [InlineData("'grid': [ { 'num_epochs': [1] } ]", "grid[0].num_epochs", "write epochs")]
    [InlineData("'exclude': [ { 'arch': 'vgg16' } ]", "exclude[0].arch", "write model")]
    [InlineData("'base': { 'patience': 3 }", "base.patience", "write schedulerPatience or earlyStoppingPatience")]
    [InlineData("'learning_rate': 0.1", "learning_rate", "write learningRate under base for one value, under grid for several")]
    [InlineData("'base': { 'maxRuns': 3 }", "base.maxRuns", "maxRuns belongs next to base and grid, not inside")]
    [InlineData("'grid': { 'seed': 1 }", "grid.seed", "write [1]")]
    [InlineData("'grid': { 'seed': { 'values': [1, 2] } }", "grid.seed", "write [1, 2]")]
    [InlineData("'grid': { 'seed': '1..3' }", "grid.seed", "write [1, 2, 3]")]
    [InlineData("'grid': { 'seed': ['1..3'] }", "grid.seed[0]", "one value belongs here, several belong under grid: [1, 2, 3]")]
    [InlineData("'grid': { 'seed': 'range(1', '4)': null }", "grid.seed", "write the values themselves, such as [1, 2, 3]")]
    [InlineData("'grid': { 'seed': 'range(1', '4)': null }", "grid.4)", "a comma begins another key: \"range(1, 4)\" is no value")]
    [InlineData("'base': { 'learningRate': 0, '001': null }", "base.001", "a comma begins another key: write learningRate: 0.001 for a number, [0, 001] for two values under grid")]
    [InlineData("'exclude': null", "exclude", "leave it out for none")]
    [InlineData("'max_retries': 1", "max_retries", "write maxAttempts")]
    [InlineData("'reuse': 'yes'", "reuse", "write true")]
    [InlineData("'priority': '3'", "priority", "remove the quotes: 3")]
    [InlineData("'tags': 'demo'", "tags", "write [demo]")]
    [InlineData("'exclude': { 'model': 'vgg16', 'freezeEpochs': 2 }", "exclude", "put it in a list: [ { \"model\": \"vgg16\", \"freezeEpochs\": 2 } ]")]
    [InlineData("'base': [ { 'epochs': 5 } ]", "base", "take it out of the list: { \"epochs\": 5 }")]
    [InlineData("'tags': [1]", "tags[0]", "put it in quotes: \"1\"")]
    [InlineData("'objective': { 'metric': 'val_acc' }", "objective.metric", "write validation/accuracy")]
    [InlineData("'objective': { 'metric': 'loss', 'goal': 'min' }", "objective.goal", "write minimize")]
    [InlineData("'objective': 'val_loss'", "objective", "write metric: validation/loss")]
    [InlineData("'objective': { 'direction': 'maximize' }", "objective.direction", "write goal")]
    public void TryRead_KeyAsPeopleWriteIt_NamesWhatToWrite(string members, string path, string expected)
    {
        using var json = JsonDocument.Parse(SpecBuilder.With(members.Replace('\'', '"')));
        Assert.False(SweepSpecReader.TryRead(json.RootElement, out _, out IReadOnlyDictionary<string, string[]> errors));

        AssertHint(expected, Assert.Single(errors[path]));
    }

    [Theory]
    [InlineData("'CIFAR-10'", "dataset", "write cifar10")]
    [InlineData("'/data/flowers'", "dataset", "write { name: imagefolder, path: /data/flowers }")]
    [InlineData("{ 'name': 'ImageFolder', 'root': '/x' }", "dataset.root", "write path")]
    [InlineData("{ 'name': 'digits', 'validationFraction': '20%' }", "dataset.validationFraction", "write 0.2")]
    [InlineData("{ 'name': 'digits', 'validationFraction': 20 }", "dataset.validationFraction", "write 0.2")]
    [InlineData("{ 'name': 'digits', 'validationFraction': 0, '3': null }", "dataset.3", "a comma begins another key: write validationFraction: 0.3")]
    [InlineData("{ 'name': 'digits', 'limit': '1,000' }", "dataset.limit", "write 1000")]
    public void TryRead_DatasetAsPeopleWriteIt_NamesWhatToWrite(string dataset, string path, string expected)
    {
        using var json = JsonDocument.Parse($$"""{ "name": "s", "dataset": {{dataset.Replace('\'', '"')}} }""");
        Assert.False(SweepSpecReader.TryRead(json.RootElement, out _, out IReadOnlyDictionary<string, string[]> errors));

        AssertHint(expected, Assert.Single(errors[path]));
    }

    /// <summary>The hint comes before the list of allowed values, which may be forty names long.</summary>
    private static void AssertHint(string expected, string problem)
    {
        Assert.Contains("; " + expected, problem, StringComparison.Ordinal);
        Assert.InRange(problem.IndexOf(expected, StringComparison.Ordinal), 0, problem.IndexOf("allowed: ", StringComparison.Ordinal));
    }

    [Fact]
    public void TryRead_AnnotationsAsPeopleWriteThem_NamesWhatToWrite()
    {
        Assert.False(Annotations.TryRead(SpecBuilder.Json("""{ "note": "x", "archived": "true" }"""), out SweepChange? _, out IReadOnlyDictionary<string, string[]> errors));

        Assert.Contains("; write notes", Assert.Single(errors["note"]), StringComparison.Ordinal);
        Assert.Contains("; remove the quotes: true", Assert.Single(errors["archived"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("learningRate", "'fast'")]
    [InlineData("model", "'my_own_network'")]
    [InlineData("learningRate", "'1e9'")]
    [InlineData("learningRate", "50")]
    [InlineData("dropout", "1.5")]
    [InlineData("pretrained", "'vitbase16patch224'")]
    [InlineData("pretrained", "'vitbase16patch224augreg1k0'")]
    [InlineData("teacher", "'resnet18imagenet1kv1'")]
    [InlineData("teacher", "'/home/me/runs/exp1/best'")]
    public void TryRead_ValueThatMeansNothing_NamesNothingToWrite(string hyperparameter, string value)
    {
        Assert.False(HyperparameterCatalog.Find(hyperparameter)!.TryRead(SpecBuilder.Json(value.Replace('\'', '"')), out _, out string problem));

        Assert.DoesNotContain("write", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("quotes", problem, StringComparison.Ordinal);
    }

    /// <summary>Spellings that differ only in separators are equal.</summary>
    [Theory]
    [InlineData("n_epochs", "epochs")]
    [InlineData("warm_up", "warmupEpochs")]
    public void Find_SpellingsOfOneName_AreReportedOnce(string alias, string name) => Assert.Equal([name], NameAliases.Find(alias, [name]));
}
