using System.Linq.Expressions;
using System.Reflection;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Models.Base;

namespace Experiments.GpuWorker.Models;

/// <summary>Builds a network, without initial weights.</summary>
public delegate ImageModel ModelFactory(ModelShape shape);

/// <summary>Every architecture with a <see cref="ModelAttribute"/>, in the order of the catalog. docs/models.md explains how to add one.</summary>
public static class ModelRegistry
{
    public static Registry<ModelFactory> All { get; } = new("model", ModelCatalog.Names
        .Join(Factories(), name => name, factory => factory.Name, (_, factory) => factory)
        .ToDictionary(factory => factory.Name, factory => factory.Create));

    /// <summary>Creates the network of a run.</summary>
    /// <param name="settings">With resolved image size and small input.</param>
    /// <exception cref="TrainingException">There is no such architecture.</exception>
    public static ImageModel Create(Hyperparameters settings, int classes) =>
        All[settings.Model](new ModelShape(classes, settings.ImageSize!.Value, settings.SmallInput!.Value, settings.Dropout));

    private static IEnumerable<(string Name, ModelFactory Create)> Factories() =>
        from type in typeof(ModelRegistry).Assembly.GetTypes()
        where type.IsAssignableTo(typeof(ImageModel))
        from member in type.GetMembers()
        from model in member.GetCustomAttributes<ModelAttribute>()
        select (model.Name, FactoryOf(member));

    private static ModelFactory FactoryOf(MemberInfo member)
    {
        ParameterExpression shape = Expression.Parameter(typeof(ModelShape));
        Expression network = member is ConstructorInfo constructor ? Expression.New(constructor, shape) : Expression.Call((MethodInfo)member, shape);
        return Expression.Lambda<ModelFactory>(network, shape).Compile();
    }
}
