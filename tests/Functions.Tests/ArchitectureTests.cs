using CertFunctions.Core;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Core_knows_neither_storage_nor_host() => Assert.DoesNotContain(
        typeof(Limits).Assembly.GetReferencedAssemblies(),
        assembly => assembly.Name!.StartsWith("Azure", StringComparison.Ordinal)
            || assembly.Name.StartsWith("Microsoft", StringComparison.Ordinal)
            || assembly.Name.StartsWith("CertFunctions", StringComparison.Ordinal));

    [Fact]
    public void Every_function_is_a_class_of_its_own_named_as_it_is()
    {
        var functions = FunctionMethods().ToList();

        Assert.NotEmpty(functions);
        Assert.All(functions, function => Assert.Equal(function.Method.DeclaringType!.Name, function.Name));
        Assert.Equal(functions.Count, functions.Select(function => function.Method.DeclaringType).Distinct().Count());
    }

    [Fact]
    public void Every_get_of_one_resource_takes_head_and_no_list_does()
    {
        var lists = from function in FunctionMethods()
                    where function.Name is "GetAwardHistory" || function.Name.StartsWith("List", StringComparison.Ordinal)
                    select function.Name;
        var byHead = (from function in FunctionMethods()
                      from parameter in function.Method.GetParameters()
                      from trigger in parameter.GetCustomAttributes(typeof(HttpTriggerAttribute), false).Cast<HttpTriggerAttribute>()
                      where trigger.Methods!.Contains("get")
                      select (function.Name, Takes: trigger.Methods!.Contains("head"))).ToList();

        Assert.Equal(byHead.Select(function => (function.Name, !lists.Contains(function.Name))), byHead);
    }

    private static IEnumerable<(System.Reflection.MethodInfo Method, string Name)> FunctionMethods() =>
        from type in typeof(Services).Assembly.GetTypes()
        from method in type.GetMethods()
        let attribute = method.GetCustomAttributes(typeof(Microsoft.Azure.Functions.Worker.FunctionAttribute), false).FirstOrDefault()
        where attribute is not null
        select (method, ((Microsoft.Azure.Functions.Worker.FunctionAttribute)attribute).Name);
}
