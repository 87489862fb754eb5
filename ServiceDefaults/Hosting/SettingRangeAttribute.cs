using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Experiments.ServiceDefaults.Hosting;

/// <summary>A range whose error names the setting as users write it, and quotes its value.</summary>
/// <param name="section">The section of the configuration.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingRangeAttribute(string section, double minimum, double maximum) : RangeAttribute(minimum, maximum)
{
    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) => base.IsValid(value, validationContext) is null
        ? null
        : new ValidationResult(string.Create(CultureInfo.InvariantCulture, $"{section}:{validationContext.MemberName} is \"{value}\"; allowed: {Minimum} to {Maximum}"), [validationContext.MemberName!]);
}
