using CsCheck;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects;
using Experiments.Contracts.Grids;

namespace Experiments.Contracts.Tests.Effects;

public sealed class HyperparameterEffectsTests
{
    [Fact]
    public void All_EachRule_NamesHyperparametersThatThereAre() =>
        Assert.All(
            HyperparameterEffects.All.SelectMany(rule => rule.DependsOn.Append(rule.Hyperparameter)),
            name => Assert.NotNull(HyperparameterCatalog.Find(name)));

    [Fact]
    public void Settle_TheDefaults_StayAsTheyAre() =>
        Assert.Equal(Hyperparameters.Default, HyperparameterEffects.Settle(Hyperparameters.Default));

    [Fact]
    public void Settle_AnyConfiguration_IsTheSameAgainAndWhateverTheOrder() =>
        SpecGenerator.Spec.Sample(spec => GridExpansion.Expand(spec).Cells.Take(50).All(cell =>
        {
            Hyperparameters settled = HyperparameterEffects.Settle(cell.Hyperparameters);
            Hyperparameters backwards = HyperparameterEffects.All.Reverse().Aggregate(cell.Hyperparameters, (h, rule) => rule.IsIdle(h) ? rule.Settle(h) : h);
            return settled == backwards && settled == HyperparameterEffects.Settle(settled);
        }));

    [Fact]
    public void Settle_AnyConfiguration_DependsOnNothingButWhatTheRulesName() =>
        SpecGenerator.Spec.Sample(spec => GridExpansion.Expand(spec).Cells.Take(20).All(cell => HyperparameterEffects.All.All(rule =>
        {
            Hyperparameters named = rule.DependsOn.Append(rule.Hyperparameter).Select(name => HyperparameterCatalog.Find(name)!)
                .Aggregate(Hyperparameters.Default, (h, definition) => definition.Set(h, definition.Get(cell.Hyperparameters)));
            return rule.IsIdle(named) == rule.IsIdle(cell.Hyperparameters);
        })));

    [Theory]
    [InlineData("momentum", "optimizer", "sgd", "adamw")]
    [InlineData("schedulerMilestones", "scheduler", "multistep", "step")]
    [InlineData("schedulerPatience", "scheduler", "plateau", "cosine")]
    [InlineData("smallInput", "model", "resnet18", "vgg16")]
    public void IsUsed_ValuesOfAForm_DependsOnThem(string hyperparameter, string other, string using_, string notUsing)
    {
        Assert.True(HyperparameterEffects.IsUsed(hyperparameter, definition => definition.Name == other ? [notUsing, using_] : []));
        Assert.False(HyperparameterEffects.IsUsed(hyperparameter, definition => definition.Name == other ? [notUsing] : []));
    }

    [Theory]
    [InlineData("momentum", "optimizer", "[\"adam\"]", "optimizer adam does not use it; sgd and rmsprop do")]
    [InlineData("momentum", "optimizer", "[\"adam\", \"sgd\"]", null)]
    [InlineData("smallInput", "model", "[\"vgg11\", \"alexnet\"]", "vgg11 has no other stem for small images; alexnet has no other stem for small images")]
    [InlineData("smallInput", "model", "[\"vgg11\", \"vgg13\", \"vgg16\"]", "vgg11 has no other stem for small images, and so on")]
    [InlineData("learningRate", "model", "[]", null)]
    public void WhyUnused_Choices_SaysWhyNoneOfThemUsesIt(string name, string decides, string values, string? expected)
    {
        HyperparameterDefinition definition = HyperparameterCatalog.Find(decides)!;
        object?[] chosen = [.. SpecBuilder.Json(values).EnumerateArray().Select(json => definition.TryRead(json, out object? value, out _) ? value : throw new ArgumentException(values))];

        Assert.Equal(expected, HyperparameterEffects.WhyUnused(name, asked => asked == definition ? chosen : []));
    }

    [Fact]
    public void IsUsed_HyperparameterWithoutARule_IsAlwaysTrue() =>
        Assert.True(HyperparameterEffects.IsUsed("learningRate", _ => []));
}
