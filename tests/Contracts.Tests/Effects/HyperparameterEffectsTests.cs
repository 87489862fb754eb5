using CsCheck;
using Experiments.Contracts.Effects;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Tests.Sweeps;

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
    public void IsUsed_ValuesThatAFormHolds_GoesByThem(string hyperparameter, string other, string using_, string notUsing)
    {
        Assert.True(HyperparameterEffects.IsUsed(hyperparameter, definition => definition.Name == other ? [notUsing, using_] : []));
        Assert.False(HyperparameterEffects.IsUsed(hyperparameter, definition => definition.Name == other ? [notUsing] : []));
    }

    [Fact]
    public void IsUsed_HyperparameterWithoutARule_IsAlwaysTrue() =>
        Assert.True(HyperparameterEffects.IsUsed("learningRate", _ => []));
}
