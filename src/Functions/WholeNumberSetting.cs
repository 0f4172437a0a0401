using Microsoft.Extensions.Configuration;

namespace CertFunctions.Functions;

/// <summary>A setting that is a whole number from 0 on.</summary>
internal static class WholeNumberSetting
{
    /// <returns>Null where it is not set.</returns>
    /// <exception cref="StartException">It is no such number.</exception>
    public static int? Read(IConfiguration settings, string name) => settings[name] switch
    {
        null or "" => null,
        var text when int.TryParse(text, out var number) && number >= 0 => number,
        var text => throw new StartException($"The setting {name.Replace(":", "__", StringComparison.Ordinal)} must be a whole number from 0 on, not '{text}'."),
    };
}
