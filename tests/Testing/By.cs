using CertFunctions.Core.Audit;

namespace CertFunctions.Testing;

/// <summary>Who changes things in tests that do not care.</summary>
public static class By
{
    public static readonly Actor Hand = new("tester", Via.Api);
}
