using CertFunctions.Functions.Docs;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Docs;

public sealed class ApiDescriptionTests
{
    [Fact]
    public void The_description_of_the_api_lists_the_codes_that_the_page_explains() => Assert.Equal(
        DocumentedCodes.OfAnswers.Select(documented => documented.Code).Distinct().Order(StringComparer.Ordinal),
        ApiDescription.Current.Codes.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_code_that_an_operation_names_is_one_of_them() => Assert.Empty(
        ApiDescription.Current.Operations.SelectMany(operation => operation.Codes).Except(ApiDescription.Current.Codes));
}
