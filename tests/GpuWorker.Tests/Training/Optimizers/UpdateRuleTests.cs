using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Training.Optimizers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training.Optimizers;

/// <summary>TorchSharp's own optimizers are the reference.</summary>
public class UpdateRuleTests
{
    private const double Rate = 0.01;

    public static TheoryData<string, double, double> Cases => new(
        from name in OptimizerRegistry.All.Names
        from momentum in (double[])[0, 0.9]
        from decay in (double[])[0, 0.1]
        select (name, momentum, decay));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_TenTimes_AgreesWithTorch(string name, double momentum, double weightDecay)
    {
        Hyperparameters settings = Hyperparameters.Default with { Momentum = momentum, WeightDecay = weightDecay };
        using Parameter ours = NewParameter();
        using Parameter theirs = NewParameter();
        using var optimizer = new Optimizer(OptimizerRegistry.All[name](settings), [("weight", ours)]);
        using torch.optim.Optimizer reference = Reference(name, theirs, settings);

        for (int i = 0; i < 10; i++)
        {
            Backward(ours);
            Backward(theirs);
            optimizer.Step(_ => Rate);
            reference.step();
            reference.zero_grad();
        }

        Assert.True(ours.allclose(theirs, rtol: 1e-5, atol: 1e-7), $"{ours.data<float>()[0]} {theirs.data<float>()[0]}");
    }

    [Fact]
    public void Step_ParameterWithoutGradient_IsLeftAloneAndHasNoState()
    {
        using Parameter frozen = NewParameter();
        using Tensor before = frozen.detach().clone();
        using var optimizer = new Optimizer(OptimizerRegistry.All["adamw"](Hyperparameters.Default with { WeightDecay = 0.1 }), [("frozen", frozen)]);

        optimizer.Step(_ => Rate);

        Assert.True(frozen.equal(before).all().item<bool>());
        Assert.Empty(optimizer.Tensors());
        Assert.Empty(optimizer.Steps());
    }

    [Fact]
    public void Step_RatesByName_AreEachParametersOwn()
    {
        using Parameter head = NewParameter();
        using Parameter backbone = NewParameter();
        using var optimizer = new Optimizer(OptimizerRegistry.All["sgd"](Hyperparameters.Default), [("head", head), ("backbone", backbone)]);
        Backward(head);
        Backward(backbone);

        optimizer.Step(name => name == "head" ? Rate : 0);

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

    private static torch.optim.Optimizer Reference(string name, Parameter parameter, Hyperparameters h) => name switch
    {
        "sgd" => optim.SGD([parameter], Rate, h.Momentum, weight_decay: h.WeightDecay),
        "adam" => optim.Adam([parameter], Rate, weight_decay: h.WeightDecay),
        "adamw" => optim.AdamW([parameter], Rate, weight_decay: h.WeightDecay),
        "rmsprop" => optim.RMSProp([parameter], Rate, momentum: h.Momentum, weight_decay: h.WeightDecay),
        _ => throw new ArgumentException($"no reference for {name}: add one"),
    };
}
