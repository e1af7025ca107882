# The JDK base with Maven in /opt/maven, instead of maven:…-eclipse-temurin.
ARG BASE_JDK
FROM ${BASE_JDK}
COPY maven /opt/maven
RUN ln -s /opt/maven/bin/mvn /usr/local/bin/mvn && mvn -version
