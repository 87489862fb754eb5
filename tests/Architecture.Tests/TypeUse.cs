using Mono.Cecil;

namespace Experiments.Architecture.Tests;

/// <summary>A type of an assembly that another of its types uses, in a signature or in a body.</summary>
internal sealed record TypeUse(string UserFolder, string User, string UsedFolder, string Used)
{
    /// <summary>Each pair once. Nested types count as their declaring type; uses of constants are not visible in compiled code.</summary>
    public static IEnumerable<TypeUse> ReadFrom(string assemblyFile)
    {
        using var module = ModuleDefinition.ReadModule(assemblyFile);
        return [.. module.Types
            .Where(IsOurs)
            .SelectMany(user => WithNested(user).SelectMany(UsedBy).SelectMany(Parts).Select(Outermost)
                .Where(used => used.Scope == module && IsOurs(used))
                .Select(used => new TypeUse(user.Namespace, user.Name, used.Namespace, used.Name)))
            .Distinct()];
    }

    private static bool IsOurs(TypeReference type) => type.Namespace.StartsWith("Experiments.", StringComparison.Ordinal);

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => [type, .. type.NestedTypes.SelectMany(WithNested)];

    private static IEnumerable<TypeReference?> UsedBy(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(one => one.InterfaceType),
        .. type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. type.CustomAttributes.SelectMany(UsedBy),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Properties.SelectMany(property => property.CustomAttributes).SelectMany(UsedBy),
        .. type.Methods.SelectMany(UsedBy),
    ];

    private static IEnumerable<TypeReference?> UsedBy(MethodDefinition method) =>
    [
        .. UsedBy((MethodReference)method),
        .. method.CustomAttributes.SelectMany(UsedBy),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(instruction => UsedBy(instruction.Operand)) : [],
    ];

    private static IEnumerable<TypeReference?> UsedBy(CustomAttribute attribute) =>
        [attribute.AttributeType, .. attribute.ConstructorArguments.Select(argument => argument.Value as TypeReference)];

    private static IEnumerable<TypeReference?> UsedBy(object? operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [.. UsedBy(method.ElementMethod), .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)],
        _ => [],
    };

    /// <summary>The component types of a generic type, an array or a reference.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification made => Parts(made.ElementType),
        _ => [type],
    };

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } around ? Outermost(around) : type;
}
