using System.Security.Cryptography;
using System.Text;
using CertFunctions.LocalHost.Worker;

namespace CertFunctions.LocalHost.Http;

/// <summary>One key opens every function that is not anonymous.</summary>
internal sealed class FunctionKeys(string key)
{
    public const string Setting = "LocalHost__FunctionKey";

    public string Key => key;

    public static FunctionKeys FromEnvironment() =>
        new(Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } given
            ? given
            : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));

    public static bool IsAnonymous(Function function) =>
        string.Equals(function.Trigger.Text("authLevel"), "anonymous", StringComparison.OrdinalIgnoreCase);

    public bool Allow(HttpRequest request, Function function)
    {
        if (IsAnonymous(function))
            return true;
        var given = request.Headers["x-functions-key"].FirstOrDefault() ?? request.Query["code"].FirstOrDefault();
        return given is not null
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(key));
    }
}
