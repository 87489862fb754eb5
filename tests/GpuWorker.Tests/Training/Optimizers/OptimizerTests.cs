using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Training.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training.Optimizers;

public class OptimizerTests
{
    private const double Rate = 0.01;

    [Fact]
    public void Step_ParameterWithoutGradient_IsLeftAloneAndHasNoState()
    {
        using Parameter frozen = NewParameter();
        using Tensor before = frozen.detach().clone();
        using var optimizer = new Optimizer(OptimizerRegistry.All["adamw"](Hyperparameters.Default with { WeightDecay = 0.1 }), [("frozen", frozen)], threads: 1);

        optimizer.Step(new OptimizerStep { LearningRateOf = _ => Rate });

        Assert.True(frozen.equal(before).all().item<bool>());
        Assert.Empty(optimizer.Tensors());
        Assert.Empty(optimizer.Steps());
    }

    [Fact]
    public void Step_RatesByName_AreEachParametersOwn()
    {
        using Parameter head = NewParameter();
        using Parameter backbone = NewParameter();
        using var optimizer = new Optimizer(OptimizerRegistry.All["sgd"](Hyperparameters.Default), [("head", head), ("backbone", backbone)], threads: 1);
        Backward(head);
        Backward(backbone);

        optimizer.Step(new OptimizerStep { LearningRateOf = name => name == "head" ? Rate : 0 });

        using Parameter untouched = NewParameter();
        Assert.False(head.allclose(untouched));
        Assert.True(backbone.allclose(untouched));
    }

    private static Parameter NewParameter() => nn.Parameter(linspace(-1, 1, 12).reshape(3, 4));

    private static void Backward(Parameter parameter)
    {
        using Tensor loss = (parameter.pow(3) + parameter.sin()).sum();
        loss.backward();
    }
}
