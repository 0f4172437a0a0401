namespace CertFunctions.Functions.Tests;

public sealed class PlaceholderTests { [Fact] public void Limit_is_100() => Assert.Equal(100, CertFunctions.Core.Limits.UsersDoneBeforeAnswer); }
